package run

import (
	"errors"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestThreshold(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		condition string
		met       []int
		unmet     []int
	}{
		{"!= 0", []int{1, -1, 500}, []int{0}},
		{"!=0", []int{1}, []int{0}},
		{"<> 0", []int{1}, []int{0}},
		{"> 10", []int{11}, []int{10, 9}},
		{">10", []int{11}, []int{10}},
		{">= 10", []int{10, 11}, []int{9}},
		{"< 3", []int{2, 0}, []int{3}},
		{"<=3", []int{3}, []int{4}},
		{"= 5", []int{5}, []int{4}},
		{"== 5", []int{5}, []int{6}},
		{"between 1 and 5", []int{1, 3, 5}, []int{0, 6}},
		{"BETWEEN 1 AND 5", []int{1}, []int{0}},
		{"not between 1 and 5", []int{0, 6}, []int{1, 5}},
		{"between 1 and 5 or > 100", []int{3, 101}, []int{6, 100}},
		{"> 1 and < 5", []int{2}, []int{1, 5}},
		{"> 10 or < 2 and > 0", []int{1, 11}, []int{0, 2}},
		{"in (1, 2, 3)", []int{2}, []int{4}},
		{"not in (1,2)", []int{3}, []int{1}},
		{"is null", nil, []int{0, 1}},
		{"is not null", []int{0, 1}, nil},
		{"> -1", []int{0}, []int{-1}},
		{"> 0.5", []int{1}, []int{0}},
		{"> .5", []int{1}, []int{0}},
		{"> 1e3", []int{1001}, []int{1000}},
		{"> 010", []int{11}, []int{9, 10}},
		{"> 0", []int{1}, []int{0}},
	} {
		t.Run(tc.condition, func(t *testing.T) {
			t.Parallel()
			for _, n := range tc.met {
				if met, err := Threshold(tc.condition, n); err != nil || !met {
					t.Errorf("%d %s: %v %v, want true", n, tc.condition, met, err)
				}
			}
			for _, n := range tc.unmet {
				if met, err := Threshold(tc.condition, n); err != nil || met {
					t.Errorf("%d %s: %v %v, want false", n, tc.condition, met, err)
				}
			}
		})
	}
}

func TestOddThresholdsAreLeftToSQL(t *testing.T) {
	t.Parallel()
	for _, condition := range []string{
		"", ">", "10", "> ten", "> 10 * 2", "> (select 5)", "=> 10", "> 10 and", "between 1", "between 1 or 2", "in ()", "in (1", "not 5", "is 5",
		"> 0x10", "> 10; drop table x", "> 1_000", "like '1%'", "> 10 -- many",
	} {
		if met, err := Threshold(condition, 5); !errors.Is(err, ErrOddThreshold) {
			t.Errorf("%q: %v %v", condition, met, err)
		}
	}
}

func TestThresholdOperatorsAgreeWithEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, bound := rapid.IntRange(-50, 50).Draw(t, "n"), rapid.IntRange(-50, 50).Draw(t, "bound")
		is := func(op string) bool {
			met, err := Threshold(op+strconv.Itoa(bound), n)
			if err != nil {
				t.Fatalf("%s%d: %v", op, bound, err)
			}
			return met
		}
		for _, pair := range [][2]string{{">", "<="}, {"<", ">="}, {"=", "!="}, {"==", "<>"}} {
			if is(pair[0]) == is(pair[1]) {
				t.Fatalf("%d meets both or neither of %s and %s %d", n, pair[0], pair[1], bound)
			}
		}
		if is(">") != (n > bound) || is("=") != (n == bound) {
			t.Fatalf("%d against %d", n, bound)
		}
	})
}

func FuzzThreshold(f *testing.F) {
	for _, seed := range []string{"> 10", "between 1 and 5", "not in (1, -2)", "is not null", "!= 0 or > 3 and < 9", "'", "> 1e999999999"} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, condition string, n int) {
		if len(condition) > 200 {
			t.Skip("long numbers only cost time")
		}
		met, err := Threshold(condition, n)
		if err != nil && met {
			t.Errorf("%q: both met and %v", condition, err)
		}
	})
}
