package main

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// TestPageIsFresh fails when the contract, a preset or an example changed and the
// page was not written again: run go generate ./scripts/datamodel.
func TestPageIsFresh(t *testing.T) {
	t.Parallel()
	before, err := os.ReadFile("../../docs/data-model.md")
	if err != nil {
		t.Fatal(err)
	}
	after, err := page(string(before))
	if err != nil {
		t.Fatal(err)
	}
	if after != string(before) {
		t.Error("docs/data-model.md is older than what it is made of; run go generate ./scripts/datamodel")
	}
	for _, want := range []string{"| `customer_id` | varchar |", "\n```csv\ncustomer_id,updated_at,", "| [referrals](#referrals) |", "`amount` or `quantity` and `unit_price`"} {
		if !strings.Contains(after, want) {
			t.Errorf("no %q in the page", want)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	parts := map[string]string{"a": "new\n"}
	got, err := fill("x\n<!-- begin a -->\nold\n<!-- end a -->\ny\n", parts)
	if err != nil || got != "x\n<!-- begin a -->\nnew\n<!-- end a -->\ny\n" {
		t.Errorf("%q %v", got, err)
	}
	for text, want := range map[string]error{
		"x\n":                 errNoPart,
		"<!-- begin a -->\nx": errNoPart,
		"<!-- begin b -->\n<!-- end b -->\n<!-- begin a -->\n<!-- end a -->\n": errPart,
	} {
		if _, err := fill(text, parts); !errors.Is(err, want) {
			t.Errorf("%q gives %v, want %v", text, err, want)
		}
	}
}
