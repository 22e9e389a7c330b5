"""Two pairs of eyes for what is public without being a page.

The catalogue, industries, portal settings, redirects and sites have no drafts and no workflow: what is saved is public
at once. So what a person posts there is rehearsed, taken back, and kept as a proposal; when a second person confirms
it, it is posted again in the first person's name.
"""
