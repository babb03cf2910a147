//! Places and their changes: the six numbers of a PDF's matrices (ISO 32000, 8.3.3).

/// A matrix; the default changes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    /// Moves by `x` and `y`.
    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This change first, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    /// Where a point comes to lie.
    pub(super) fn place(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// What becomes of a vector.
    pub(super) fn turn(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_follow_one_another() {
        let matrix = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]).then(Matrix::shift(5.0, 1.0));
        assert_eq!(matrix.place(1.0, 1.0), (7.0, 3.0));
        assert_eq!(matrix.turn(1.0, 0.0), (2.0, 0.0));
    }
}
