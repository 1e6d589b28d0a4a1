//! Regions made of others.

use super::border::Borders;
use super::cell::Cell;
use super::disc::Disc;
use super::region::{Region, Relation};
use super::vector::Vector;

/// Cells are divided down to this size (in base cells) to find out whether two regions that both cross one cover it
/// together.
const FINEST: f64 = 1e-12;

/// How many parts of a cell are looked at before two regions are taken to share a border there.
const PATIENCE: u32 = 4096;

/// All of the sky that is not in a region.
#[derive(Clone, Debug)]
pub struct Complement<R>(pub R);

/// The sky that is in either of two regions.
///
/// A cell that both cross is divided until it is clear whether they leave anything of it; where they share a border
/// they are taken to leave something.
#[derive(Clone, Debug)]
pub struct Union<A, B>(pub A, pub B);

/// The sky that is in both regions.
pub fn intersection<A: Region, B: Region>(
    a: A,
    b: B,
) -> Complement<Union<Complement<A>, Complement<B>>> {
    Complement(Union(Complement(a), Complement(b)))
}

/// The sky that is in the first region and not in the second.
///
/// ```
/// use rustsci_healpix::{Depth, coverage::{Cone, cover, difference}};
/// let (all, hole) = (Cone::new(1.0, 0.5, 0.2)?, Cone::new(1.0, 0.5, 0.1)?);
/// let ring = cover(&difference(all.clone(), hole), Depth::new(6)?);
/// assert!(ring.len() < cover(&all, Depth::new(9)?).len());
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn difference<A: Region, B: Region>(a: A, b: B) -> Complement<Union<Complement<A>, B>> {
    Complement(Union(Complement(a), b))
}

fn opposite(relation: Relation) -> Relation {
    match relation {
        Relation::Outside => Relation::Inside,
        Relation::Crossing => Relation::Crossing,
        Relation::Inside => Relation::Outside,
    }
}

impl<R: Region> Region for Complement<R> {
    fn disc(&self, disc: &Disc) -> Relation {
        opposite(self.0.disc(disc))
    }

    fn contains(&self, point: &Vector) -> bool {
        !self.0.contains(point)
    }

    fn cell(&self, cell: &Cell) -> Relation {
        opposite(self.0.cell(cell))
    }

    fn borders(&self, disc: &Disc) -> Option<Borders> {
        self.0.borders(disc).map(Borders::opposite)
    }

    fn narrowed(&self, disc: &Disc) -> Option<Box<dyn Region>> {
        let inner = self.0.narrowed(disc)?;
        Some(Box::new(Complement(inner)))
    }
}

fn united(a: Relation, b: Relation) -> Relation {
    use Relation::{Crossing, Inside, Outside};
    match (a, b) {
        (Inside, _) | (_, Inside) => Inside,
        (Outside, Outside) => Outside,
        _ => Crossing,
    }
}

impl<A: Region, B: Region> Region for Union<A, B> {
    fn disc(&self, disc: &Disc) -> Relation {
        united(self.0.disc(disc), self.1.disc(disc))
    }

    fn contains(&self, point: &Vector) -> bool {
        self.0.contains(point) || self.1.contains(point)
    }

    fn cell(&self, cell: &Cell) -> Relation {
        let mut patience = PATIENCE;
        self.divided(cell, &mut patience)
    }

    fn parallel(&self, lat: f64, spans: &mut Vec<(f64, f64)>) -> bool {
        // Parts that overlap do no harm.
        self.0.parallel(lat, spans) && self.1.parallel(lat, spans)
    }

    fn latitudes(&self) -> (f64, f64) {
        let (a, b) = (self.0.latitudes(), self.1.latitudes());
        (a.0.min(b.0), a.1.max(b.1))
    }

    fn borders(&self, disc: &Disc) -> Option<Borders> {
        match (self.0.disc(disc), self.1.disc(disc)) {
            (Relation::Crossing, Relation::Outside) => self.0.borders(disc),
            (Relation::Outside, Relation::Crossing) => self.1.borders(disc),
            _ => None,
        }
    }

    fn narrowed(&self, disc: &Disc) -> Option<Box<dyn Region>> {
        match (self.0.disc(disc), self.1.disc(disc)) {
            (Relation::Crossing, Relation::Outside) => self.0.narrowed(disc),
            (Relation::Outside, Relation::Crossing) => self.1.narrowed(disc),
            _ => None,
        }
    }
}

impl<A: Region, B: Region> Union<A, B> {
    fn divided(&self, cell: &Cell, patience: &mut u32) -> Relation {
        let (a, b) = (self.0.cell(cell), self.1.cell(cell));
        let both_cross = a == Relation::Crossing && b == Relation::Crossing;
        if !both_cross || cell.size() < FINEST || *patience == 0 {
            return united(a, b);
        }
        *patience -= 1;
        let covered =
            |part: &Cell, patience: &mut u32| self.divided(part, patience) == Relation::Inside;
        if cell.parts().iter().all(|part| covered(part, patience)) {
            Relation::Inside
        } else {
            Relation::Crossing
        }
    }
}
