"""Runs statsmodels' own tests of generalized linear models, from its installed wheel, against rustsci.glm."""
