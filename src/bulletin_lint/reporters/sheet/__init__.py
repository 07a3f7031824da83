"""The sign-off sheet: one HTML file that an editor reads before signing, and the index of many.

Self-contained, without scripts, and inert whatever the bulletin holds.
"""
