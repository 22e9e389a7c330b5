"""The joint search (DB21/T 2175.5 §4.1.6): this portal and others side by side, each asked by the server in its turn.

Direction inside the room: kinds ← cleaning, replies ← engines ← models ← standing, asking ← views, screens.
"""
