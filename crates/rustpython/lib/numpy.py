"""The name `numpy`, which is rustsci's in this interpreter."""

import sys

# The module that is being imported gives way to rustsci itself: one module, whichever name it is imported by.
del sys.modules[__name__]

from rustsci._numpy_finder import serve_numpy  # noqa: E402

serve_numpy()
