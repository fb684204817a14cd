package parse_test

import (
	"path/filepath"
	"testing"
)

// BenchmarkShippedProject parses the project that Kith ships: some thirty models
// and five hundred tests.
func BenchmarkShippedProject(b *testing.B) {
	dir := filepath.Join("..", "..", "..", "analytics")
	for b.Loop() {
		if _, err := read(b, dir); err != nil {
			b.Fatal(err)
		}
	}
}
