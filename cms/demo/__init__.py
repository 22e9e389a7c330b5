"""Sample content, marked 示例 everywhere: nothing invented may look real."""
