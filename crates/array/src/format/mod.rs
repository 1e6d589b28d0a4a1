//! Numbers as text, digit for digit as NumPy writes them.
