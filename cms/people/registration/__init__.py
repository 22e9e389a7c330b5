"""办事公开工作信息登记表: the unit fills it in, the superior confirms it, every year anew."""
