"""Reads bought once: what the public reads is rendered, kept with what it rests on, and sent until that changes.

`ledger.changes` tells what changed; `marking` marks in the same transaction whatever rests on it; `reading` sends what
is fresh; `storing` keeps what was rendered; `settling` numbers whatever changed in the order of the changes.

Why no stale answer can stay: bytes are stored only if what they rest on was written down, and committed, before they
were rendered, and only if nobody has marked them since. The first time there must also have been a moment without a
change under way, after it was written down: one that had marked before would not find them (`storing.is_quiet`). A
change marks twice: in its transaction, so that it and the mark are seen together, and after it.
"""
