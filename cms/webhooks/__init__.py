"""Telling addresses outside what changes for the public: exactly once, in order, signed, again until it arrives."""
