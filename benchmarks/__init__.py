"""What Kring costs on a region of real size: `make bench`. No test; figures as measured stand in docs/benchmarks.md."""
