package metric

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The API's description says what the fields of a query can be in words. They are those
// that the parser takes, all of them and in its order.
func TestTheDescriptionSaysWhatTheParserTakes(t *testing.T) {
	t.Parallel()
	number := strconv.Itoa
	for _, c := range []struct {
		of    any
		field string
		want  []string
	}{
		{Query{}, "Metrics", []string{"at most " + number(maxMetrics)}},
		{Query{}, "Dimensions", []string{"at most " + number(maxDimensions)}},
		{Query{}, "Grain", []string{": " + listed(Grains()) + ";", string(None) + " when"}},
		{Query{}, "Compare", []string{": " + listed(Comparisons()) + ";", string(NoCompare) + " when"}},
		{Query{}, "From", []string{"2006-01-02"}},
		{Query{}, "To", []string{"2006-01-02"}},
		{Query{}, "Limit", []string{"1 to " + number(MaxLimit) + ";", number(DefaultLimit) + " when"}},
		{Top{}, "N", []string{"1 to " + number(maxTop)}},
		{Filter{}, "Op", []string{": " + listed(Ops())}},
		{RowsQuery{}, "Limit", []string{"1 to " + number(MaxPage) + ";", number(DefaultPage) + " when"}},
	} {
		of := reflect.TypeOf(c.of)
		field, _ := of.FieldByName(c.field)
		for _, want := range c.want {
			if doc := field.Tag.Get("doc"); !strings.Contains(doc, want) {
				t.Errorf("%s.%s says %q, and not %q", of.Name(), c.field, doc, want)
			}
		}
	}
}

// Every field is described, and by words alone: a rule there would refuse before the parser
// does, in other words, and empty texts with it.
func TestEveryFieldOfAQueryIsDescribed(t *testing.T) {
	t.Parallel()
	for _, of := range []reflect.Type{
		reflect.TypeFor[Query](), reflect.TypeFor[Filter](), reflect.TypeFor[Top](), reflect.TypeFor[Order](), reflect.TypeFor[RowsQuery](),
	} {
		for _, field := range reflect.VisibleFields(of) {
			if field.Tag.Get("doc") == "" {
				t.Errorf("%s.%s has no description", of.Name(), field.Name)
			}
			for _, rule := range []string{"enum", "format", "minimum", "maximum", "pattern", "minLength"} {
				if _, found := field.Tag.Lookup(rule); found {
					t.Errorf("%s.%s has the rule %s", of.Name(), field.Name, rule)
				}
			}
		}
	}
}

// Examples are such as the parser takes.
func TestExamplesAreTaken(t *testing.T) {
	t.Parallel()
	takes := map[reflect.Type]func(string) bool{
		reflect.TypeFor[Grain]():   func(text string) bool { return slices.Contains(Grains(), Grain(text)) },
		reflect.TypeFor[Compare](): func(text string) bool { return slices.Contains(Comparisons(), Compare(text)) },
		reflect.TypeFor[Op]():      func(text string) bool { return slices.Contains(Ops(), Op(text)) },
		reflect.TypeFor[Day]():     func(text string) bool { _, err := ParseDay(text); return err == nil },
		reflect.TypeFor[string]():  func(text string) bool { _, err := zoneOf(text); return err == nil }, // only time zones have one
		reflect.TypeFor[int]():     func(text string) bool { n, err := strconv.Atoi(text); return err == nil && n > 0 && n <= maxTop },
	}
	for _, of := range []reflect.Type{reflect.TypeFor[Query](), reflect.TypeFor[Filter](), reflect.TypeFor[Top](), reflect.TypeFor[RowsQuery]()} {
		for _, field := range reflect.VisibleFields(of) {
			if example, found := field.Tag.Lookup("example"); found && !takes[field.Type](example) {
				t.Errorf("%s.%s has the example %q", of.Name(), field.Name, example)
			}
		}
	}
}
