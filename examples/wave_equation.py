"""Waves on a square membrane.

Solves u_tt = u_xx + u_yy on the unit square, with u = 0 on the edge, by central differences in space and
time. A standing wave, whose exact course is known, tells how accurate that is; then a drop falls.

    python wave_equation.py [pictures.npz]
"""

import sys
from itertools import islice

import numpy as np

SIZE = 201  # grid points a side
COURANT = 0.5  # time step over grid spacing; stable up to 1/sqrt(2)

axis = np.linspace(0, 1, SIZE)
x, y = np.meshgrid(axis, axis)
spacing = axis[1] - axis[0]
step = COURANT * spacing


def curvature(u):
    """The five-point Laplacian at the inner points, times the spacing squared."""
    return u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - 4 * u[1:-1, 1:-1]


def waves(u):
    """Yield the state of the membrane after every time step, beginning at rest with `u`."""
    before, now = u.copy(), u.copy()
    now[1:-1, 1:-1] += 0.5 * COURANT**2 * curvature(u)
    while True:
        yield now
        # The state before the last is needed no longer: the next one takes its place.
        inner = before[1:-1, 1:-1]
        np.subtract(2 * now[1:-1, 1:-1], inner, out=inner)
        inner += COURANT**2 * curvature(now)
        before, now = now, before


def energy(u, v):
    """The energy between two successive states, which the scheme keeps."""
    kinetic = ((v - u) ** 2).sum() / step**2
    potential = (np.diff(u, axis=0) * np.diff(v, axis=0)).sum() + (np.diff(u) * np.diff(v)).sum()
    return 0.5 * (kinetic * spacing**2 + potential)


standing = np.sin(np.pi * x) * np.sin(np.pi * y)
period = np.sqrt(2)
steps = round(period / step)
u = next(islice(waves(standing), steps - 1, None))
exact = standing * np.cos(np.sqrt(2) * np.pi * steps * step)
print(f"standing wave after one period ({steps} steps)")
print(f"  largest error         {np.abs(u - exact).max():.3e}")
print(f"  height in the middle  {u[SIZE // 2, SIZE // 2]:.6f}, exactly {exact[SIZE // 2, SIZE // 2]:.6f}")

drop = np.exp(-300 * ((x - 0.35) ** 2 + (y - 0.4) ** 2))
drop[[0, -1], :] = drop[:, [0, -1]] = 0
pictures = [drop]
energies = []
before = drop
for number, u in enumerate(islice(waves(drop), 480), start=1):
    energies.append(energy(before, u))
    if number % 120 == 0:
        pictures.append(u.copy())
    before = u.copy()
pictures = np.array(pictures)
times = np.arange(0, 481, 120) * step
print("a drop at (0.35, 0.4)")
kept = np.allclose(energies, energies[0], rtol=1e-12, atol=0)
print(f"  energy                {energies[0]:.6f}, {'kept' if kept else 'not kept'} to twelve digits")
for time, u in zip(times, pictures, strict=True):
    row, column = np.unravel_index(u.argmax(), u.shape)
    print(f"  highest at t = {time:.2f}     {u.max():.6f} at ({axis[column]:.3f}, {axis[row]:.3f})")

if len(sys.argv) > 1:
    np.savez(sys.argv[1], pictures=pictures, times=times)
