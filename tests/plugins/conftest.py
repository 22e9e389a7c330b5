"""The example plugin has tests of its own: they run where it is installed, in a process of their own."""

collect_ignore = ["gongkai_library"]
