"""Runs the peers' own tests of pixels on the sky, from their installed wheels, against rustsci.healpix."""
