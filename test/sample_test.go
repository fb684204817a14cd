package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// sampledShop is a project that was built in one go from some invoices of the real log. Tests
// read it or copy it.
type sampledShop struct {
	dir string
	// The records as CSV: all, those before a day, and the others.
	whole, early, late string
}

var makeSampledShop = sync.OnceValues(newSampledShop)

// theSampledShop gives the shop, or skips the test where the log is not at hand.
func theSampledShop(t *testing.T) *sampledShop {
	t.Helper()
	theRealShop(t)
	shop, err := makeSampledShop()
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

func newSampledShop() (*sampledShop, error) {
	home := filepath.Dir(binary) // goes away with the binary
	s := &sampledShop{dir: filepath.Join(home, "sampled")}
	shop, err := makeRealShop()
	if err != nil {
		return nil, err
	}
	if s.whole, s.early, s.late, err = halves(shop.log); err != nil {
		return nil, err
	}
	if err := ran(home, "init", "sampled"); err != nil {
		return nil, err
	}
	log := filepath.Join(home, "sampled.csv")
	if err := os.WriteFile(log, []byte(s.whole), 0o600); err != nil {
		return nil, err
	}
	if err := ran(s.dir, "load", "--preset", "online-retail", log); err != nil {
		return nil, err
	}
	return s, ran(s.dir, modelsAlone()...)
}

// someInvoices keeps an eighth of the real log, which is enough to differ in every
// relation; KITH_ACCEPTANCE=full keeps all.
func someInvoices(record []string) bool {
	if os.Getenv("KITH_ACCEPTANCE") == "full" {
		return true
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(record[0])) // never fails
	return h.Sum32()%8 == 0
}

// halves are some records of a log, and the same in two files: those before a day, and the others.
func halves(log []byte) (whole, early, late string, err error) {
	records, err := csv.NewReader(bytes.NewReader(log)).ReadAll()
	if err != nil {
		return "", "", "", err
	}
	parts := [3][][]string{{records[0]}, {records[0]}, {records[0]}}
	for _, r := range records[1:] {
		if !someInvoices(r) {
			continue
		}
		half := 1
		if r[4] >= "2011-07-01" {
			half = 2
		}
		parts[0], parts[half] = append(parts[0], r), append(parts[half], r)
	}
	if len(parts[1]) < 1000 || len(parts[2]) < 1000 {
		return "", "", "", fmt.Errorf("halves of %d and %d lines", len(parts[1]), len(parts[2]))
	}
	return asCSV(parts[0]), asCSV(parts[1]), asCSV(parts[2]), nil
}

// asCSV gives records as a file has them.
func asCSV(records [][]string) string {
	var b strings.Builder
	_ = csv.NewWriter(&b).WriteAll(records) // a builder takes everything
	return b.String()
}

// shuffled gives a file's records in another order, the header first.
func shuffled(t *testing.T, log string) string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(log)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines := records[1:]
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return asCSV(records)
}
