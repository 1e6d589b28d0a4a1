//! The sides of polygons.

use std::f64::consts::TAU;

use super::arc::Arc;
use super::vector::{Vector, chord_squared, cross, dot};
use crate::{Error, Result};

/// The sides between corners, of which those that repeat the one before are left out.
pub(super) fn sides(mut corners: Vec<Vector>) -> Result<Vec<Arc>> {
    corners.dedup_by(|b, a| chord_squared(a, b) < 1e-30);
    while corners.len() > 1 && chord_squared(&corners[0], &corners[corners.len() - 1]) < 1e-30 {
        corners.pop();
    }
    let mut distinct: Vec<Vector> = Vec::new();
    for corner in &corners {
        if distinct.len() < 3
            && distinct
                .iter()
                .all(|other| chord_squared(other, corner) >= 1e-30)
        {
            distinct.push(*corner);
        }
    }
    if distinct.len() < 3 {
        return Err(Error::Parameter(format!(
            "There must be at least 3 distinct vertices in order to form a polygon, not {}",
            distinct.len()
        )));
    }
    (0..corners.len())
        .map(|k| {
            let (from, to) = (corners[k], corners[(k + 1) % corners.len()]);
            let apart = chord_squared(&from, &to) < 4.0 - 1e-15;
            Arc::new(from, to).filter(|_| apart).ok_or_else(|| {
                Error::Parameter(format!(
                    "the side after vertex {k} joins opposite points: many great circles do, so say a point between"
                ))
            })
        })
        .collect()
}

/// A point whose way from any other is unlikely to pass a corner: far from all sides' great circles among a few.
pub(super) fn off_all(arcs: &[Arc]) -> Vector {
    let distance = |point: &Vector| {
        arcs.iter()
            .map(|arc| dot(&arc.normal, point).abs())
            .fold(f64::INFINITY, f64::min)
    };
    // Directions spread evenly by the golden angle.
    (0..16)
        .map(|k| {
            let z = (f64::from(k) + 0.5) / 8.0 - 1.0;
            let (s, c) = (f64::from(k) * 2.399_963_229_728_653).sin_cos();
            let across = (1.0 - z * z).sqrt();
            [across * c, across * s, z]
        })
        .max_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap_or([0.0, 0.0, 1.0])
}

/// The area to the left of closed arcs: 2π less the angles by which one turns left at the corners (Gauss–Bonnet).
pub(super) fn area_to_the_left(arcs: &[Arc]) -> f64 {
    let turns: f64 = (0..arcs.len())
        .map(|k| {
            let (arc, next) = (&arcs[k], &arcs[(k + 1) % arcs.len()]);
            let turn = cross(&arc.normal, &next.normal);
            dot(&turn, &arc.to).atan2(dot(&arc.normal, &next.normal))
        })
        .sum();
    let area = TAU - turns;
    // Rounding may make a very small area, or one of nearly the whole sky, more than there is; a corner at which one
    // turns back may count as a turn to the left or to the right.
    if (-1.0..2.0 * TAU + 1.0).contains(&area) {
        area
    } else {
        area.rem_euclid(2.0 * TAU)
    }
}

/// Refuses sides that cross each other.
pub(super) fn check_simple(arcs: &[Arc]) -> Result<()> {
    // Only sides whose heights overlap can cross: a sweep from south to north finds them.
    let heights = |arc: &Arc| {
        let reach = 0.5 * chord_squared(&arc.from, &arc.to).sqrt() + 1e-15;
        // An arc bulges beyond its chord by less than half the chord's length.
        let (low, high) = (arc.from[2].min(arc.to[2]), arc.from[2].max(arc.to[2]));
        (low - reach, high + reach)
    };
    let mut order: Vec<_> = arcs.iter().map(heights).zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.0.total_cmp(&b.0.0));
    for (at, &((_, top), i)) in order.iter().enumerate() {
        for &((bottom, _), j) in &order[at + 1..] {
            if bottom > top {
                break;
            }
            let apart = usize::abs_diff(i, j);
            if apart > 1 && apart + 1 < arcs.len() && cross_inside(&arcs[i], &arcs[j]) {
                return Err(Error::Parameter(format!(
                    "a polygon's sides must not cross, but the sides after vertices {} and {} do",
                    i.min(j),
                    i.max(j)
                )));
            }
        }
    }
    Ok(())
}

/// Whether two arcs cross at a point that is no end of either.
fn cross_inside(a: &Arc, b: &Arc) -> bool {
    let strictly = |a: &Arc, b: &Arc| dot(&a.normal, &b.from) * dot(&a.normal, &b.to) < 0.0;
    strictly(a, b) && strictly(b, a) && a.crosses(&b.from, &b.to, &b.normal)
}
