"""The shapes of content a disclosure is made of. Imports none of our other rooms."""
