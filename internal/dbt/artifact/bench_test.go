package artifact_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
)

// BenchmarkAgainstEncodingJSON writes and reads a manifest of 1,000 models and
// macros beside encoding/json on the same text, which keeps no order.
func BenchmarkAgainstEncodingJSON(b *testing.B) {
	m := sample(1000)
	text := artifact.EncodeManifest(m, testMetadata())
	path := filepath.Join(b.TempDir(), artifact.ManifestFile)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		b.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(text, &doc); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	var encode, refEncode, decode, refDecode time.Duration
	timed := func(sum *time.Duration, fn func() error) {
		start := time.Now()
		if err := fn(); err != nil {
			b.Fatal(err)
		}
		*sum += time.Since(start)
	}
	for b.Loop() {
		timed(&encode, func() error { artifact.EncodeManifest(m, testMetadata()); return nil })
		timed(&refEncode, func() error { _, err := json.Marshal(doc); return err })
		timed(&decode, func() error { _, _, err := artifact.ReadManifest(path); return err })
		timed(&refDecode, func() error { var v any; return json.Unmarshal(text, &v) })
	}
	report := func(name string, ours, ref time.Duration) {
		n := time.Duration(b.N)
		fmt.Printf("bench: %s ours=%v ref=%v ratio=%.2f\n", name, (ours / n).Round(time.Microsecond), (ref / n).Round(time.Microsecond),
			ours.Seconds()/ref.Seconds())
	}
	report("manifest-encode-1000", encode, refEncode)
	report("manifest-read-1000", decode, refDecode)
}
