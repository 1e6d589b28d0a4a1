"""Arrays in files: the ``.npy`` and ``.npz`` formats, memory maps, and text."""
