package httpapi

import (
	"reflect"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
)

// structTable makes a table of structs: a column for each JSON name.
func structTable[T any](items []T) ([]tableColumn, [][]any) {
	t := reflect.TypeFor[T]()
	var columns []tableColumn
	var indexes [][]int
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" || f.Anonymous {
			continue
		}
		columns = append(columns, tableColumn{name: name, kind: kindOf(f.Type)})
		indexes = append(indexes, f.Index)
	}
	rows := make([][]any, len(items))
	for i, item := range items {
		v := reflect.ValueOf(item)
		rows[i] = make([]any, len(columns))
		for j, index := range indexes {
			rows[i][j] = cell(v.FieldByIndex(index))
		}
	}
	return columns, rows
}

func kindOf(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[Number]():
		return "decimal"
	case t == reflect.TypeFor[metric.Day]():
		return "date"
	case t == reflect.TypeFor[time.Time]():
		return "time"
	}
	switch t.Kind() { //nolint:exhaustive // the rest is text
	case reflect.Int, reflect.Int64:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "boolean"
	}
	return "text"
}

func cell(v reflect.Value) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch value := v.Interface().(type) {
	case metric.Day, time.Time, string, bool, float64, int64:
		return value
	case int:
		return int64(value)
	case Number:
		return value.cell()
	default:
		return v.String()
	}
}

// statementWith is statement for a query with words in square brackets, such as the
// column to sort by. The words come from lists in this package, never from outside.
func (c *call) statementWith(name string, words map[string]string) (string, error) {
	sql, err := c.statement(name)
	if err != nil {
		return "", err
	}
	for word, text := range words {
		for _, r := range text {
			if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz_0123456789(),<>", r) {
				return "", fault.New(fault.Internal, "the word %s is %q", word, text)
			}
		}
		sql = strings.ReplaceAll(sql, "["+word+"]", text)
	}
	return sql, nil
}
