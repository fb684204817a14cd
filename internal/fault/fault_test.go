package fault_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/kith-analytics/kith/internal/fault"
)

func TestErrorIsOneLineWithPlaceAndHint(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]*fault.Error{
		"it broke":                       fault.New(fault.Invalid, "it broke"),
		"a.sql: it broke":                fault.New(fault.Invalid, "it broke").At("a.sql", 0),
		"a.sql:3: it broke; mend it":     fault.New(fault.Invalid, "it %s", "broke").At("a.sql", 3).WithHint("mend %s", "it"),
		"a.sql:3:7: it broke":            {Message: "it broke", File: "a.sql", Line: 3, Column: 7},
		"reading a: file does not exist": fault.Wrap(fs.ErrNotExist, fault.NotFound, "reading %s", "a"),
		"nothing was wrong":              fault.Wrap(nil, fault.Internal, "nothing was wrong"),
	} {
		if got := err.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCodesAreFoundThroughWrapping(t *testing.T) {
	t.Parallel()
	inner := fault.Wrap(fs.ErrPermission, fault.Disk, "writing")
	err := fmt.Errorf("outer: %w", inner)
	if got := fault.CodeOf(err); got != fault.Disk {
		t.Errorf("code %q", got)
	}
	if !fault.Is(err, fault.Disk) || fault.Is(err, fault.Held) || !errors.Is(err, fs.ErrPermission) {
		t.Error("the code or the cause is lost")
	}
	if got := fault.CodeOf(errors.New("plain")); got != fault.Internal {
		t.Errorf("a plain error has code %q", got)
	}
	if fault.Is(errors.New("plain"), fault.Internal) {
		t.Error("a plain error carries no code")
	}
}

func TestFramesNameTheirPlaceWhereTheyHaveOne(t *testing.T) {
	t.Parallel()
	if got := (fault.Frame{Name: "cents", File: "models/a.sql", Line: 3}).String(); got != "cents (models/a.sql:3)" {
		t.Errorf("got %q", got)
	}
	if got := (fault.Frame{Name: "grant_all"}).String(); got != "grant_all" {
		t.Errorf("got %q", got)
	}
}
