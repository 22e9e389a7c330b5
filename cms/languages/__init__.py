"""Translations into other languages: who makes them, that they are drafts, that they obey approval.

wagtail-localize keeps the strings; its own ways to publish are closed here.
"""
