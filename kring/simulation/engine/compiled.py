"""How the model of care is compiled: once, kept on disk, and without counting references.

The functions here pass a run from hand to hand and make no arrays. Counting references to it at every hand-over was
measured to take 78 percent of the time (2,130 against 370 ns an event), so it is switched off; whoever calls `walk`
holds the run. numba keeps a cache for each file by that file's own date: after changing one of the small functions
that others have compiled in, empty `__pycache__`.
"""

from numba import njit

compiled = njit(cache=True, _nrt=False)
inlined = njit(inline="always", _nrt=False)
