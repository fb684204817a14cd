package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a disk of some megabytes, or skips the test where that is not allowed.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all the room that is left but some bytes.
func fill(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for {
		if _, err := f.Write(block); err != nil {
			break
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFullDiskWhileLoading(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "12m")
	projectIn(t, disk, files{"good.csv": header + lines(3)})
	well(t, disk, "load", "--preset", "online-retail", "good.csv")
	big := filepath.Join(t.TempDir(), "big.csv")
	if err := os.WriteFile(big, []byte(header+distinct(400_000)), 0o644); err != nil {
		t.Fatal(err)
	}
	refused(t, disk, 1, []string{"kith: ", "disk"}, "load", "--preset", "online-retail", big)
	stillThree(t, disk)
}

// distinct makes lines that do not compress away.
func distinct(n int) string {
	var b strings.Builder
	seed := uint64(1)
	for range n {
		seed = seed*6364136223846793005 + 1442695040888963407
		for shift := range 4 {
			b.WriteByte('A' + byte(seed>>(shift*8+16)%26))
		}
		b.WriteString(strings.Join([]string{hex(seed), hex(seed * 31), hex(seed*17 + 5)}, "X") + "," + hex(seed*7) + ",")
		b.WriteString("THING " + hex(seed*13) + hex(seed*19) + hex(seed*23) + ",6,12/1/2010 8:26,2.55,17850,United Kingdom\n")
	}
	return b.String()
}

func hex(n uint64) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 12)
	for i := range out {
		out[i] = digits[n>>(4*i)&15]
	}
	return string(out)
}

func TestFullDiskWhileBuilding(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "12m")
	projectIn(t, disk, files{
		"models/small.sql": "{{ config(materialized='table') }}\nselect 42 as answer",
		"models/big.sql":   "{{ config(materialized='table') }}\nselect md5(i::varchar) || md5((i * 7)::varchar) as h, {{ var('rows') }} as n from range({{ var('rows') }}) r(i)",
	})
	well(t, disk, "run", "--vars", "{rows: 10}")
	out := kith(t, disk, "run", "--vars", "{rows: 3000000}")
	if out.code != 1 {
		t.Errorf("exit %d\n%s%s", out.code, out.stdout, out.stderr)
	}
	if !strings.Contains(out.stdout+out.stderr, "disk") {
		t.Errorf("no word of the disk:\n%s%s", out.stdout, out.stderr)
	}
	// The table is the old one, whole.
	if got := query(t, disk, "select count(*), max(n), (select answer from small) from big"); got != "10,10,42" {
		t.Errorf("rows of the old table: %s", got)
	}
}

func TestFullDiskAtTheStart(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "1m")
	fill(t, disk)
	refused(t, disk, 1, []string{"kith: ", "no space left on device"}, "init", "shop")
	entries, err := os.ReadDir(disk)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "filler" {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}
