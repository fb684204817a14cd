package httpapi

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

//go:embed sql/*.sql
var queries embed.FS

// statement gives the text of sql/NAME.sql.
func (c *call) statement(name string) (string, error) {
	text, err := fs.ReadFile(queries, path.Join("sql", name+".sql"))
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "there is no query %s", name)
	}
	return string(text), nil
}

// rows runs a query and hands over its rows by the columns' names. All statements come
// through here, and each model in them is what the scope sees of it.
func (c *call) rows(ctx context.Context, sql string, args []any, use func(columns []warehouse.Column, values []any) error) (err error) {
	sql, narrowing, err := c.relations(ctx, sql, len(args))
	if err != nil {
		return err
	}
	found, err := c.db.Query(ctx, sql, slices.Concat(args, narrowing)...)
	if err != nil {
		return notBuilt(err)
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	columns := found.Columns()
	for found.Next() {
		if err := use(columns, found.Values()); err != nil {
			return err
		}
	}
	return found.Err()
}

// missingTable is DuckDB's name for a table that is not there.
var missingTable = regexp.MustCompile(`Table with name (\S+) does not exist`)

// notBuilt tells of a table that is not there in terms of what to do.
func notBuilt(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != fault.Database {
		return err
	}
	m := missingTable.FindStringSubmatch(f.Message)
	if m == nil {
		return err
	}
	missing := fault.New(fault.NotFound, "the table %s is not built yet", m[1]).WithHint("run `kith build`")
	missing.Err = err
	return missing
}

// list runs sql/NAME.sql into structs.
func list[T any](ctx context.Context, c *call, name string, args ...any) ([]T, error) {
	sql, err := c.statement(name)
	if err != nil {
		return nil, err
	}
	return scan[T](ctx, c, sql, args...)
}

// scan runs a query into structs whose fields have the columns' names in their JSON tags.
func scan[T any](ctx context.Context, c *call, sql string, args ...any) ([]T, error) {
	out := []T{}
	fields := fieldsOf(reflect.TypeFor[T]())
	err := c.rows(ctx, sql, args, func(columns []warehouse.Column, values []any) error {
		var item T
		target := reflect.ValueOf(&item).Elem()
		for i, column := range columns {
			index, ok := fields[column.Name]
			if !ok || values[i] == nil {
				continue
			}
			if err := set(target.FieldByIndex(index), values[i]); err != nil {
				return fault.Wrap(err, fault.Internal, "the column %s", column.Name)
			}
		}
		out = append(out, item)
		return nil
	})
	return out, err
}

// fieldsOf gives the fields by their JSON names, those of embedded structs too.
func fieldsOf(t reflect.Type) map[string][]int {
	out := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" && f.IsExported() {
			out[name] = f.Index
		}
	}
	return out
}

// set puts a value of the warehouse into a field.
func set(field reflect.Value, v any) error {
	if field.Kind() == reflect.Pointer {
		inner := reflect.New(field.Type().Elem())
		if err := set(inner.Elem(), v); err != nil {
			return err
		}
		field.Set(inner)
		return nil
	}
	if field.Type() == reflect.TypeFor[Number]() {
		n, ok := numberOf(v)
		if !ok {
			return fault.New(fault.Internal, "is %T, not a number", v)
		}
		field.Set(reflect.ValueOf(n))
		return nil
	}
	switch v := v.(type) {
	case warehouse.Decimal:
		switch field.Kind() { //nolint:exhaustive // the rest is refused below
		case reflect.Float64:
			field.SetFloat(v.Float64())
			return nil
		case reflect.String:
			field.SetString(v.String())
			return nil
		}
	case int64:
		switch field.Kind() { //nolint:exhaustive // as above
		case reflect.Int, reflect.Int64:
			field.SetInt(v)
			return nil
		case reflect.Float64:
			field.SetFloat(float64(v))
			return nil
		}
	case time.Time:
		switch field.Interface().(type) {
		case time.Time:
			field.Set(reflect.ValueOf(v.UTC()))
			return nil
		case metric.Day:
			field.Set(reflect.ValueOf(metric.DayOf(v)))
			return nil
		}
	case []any:
		if field.Kind() == reflect.Slice {
			items := reflect.MakeSlice(field.Type(), len(v), len(v))
			for i, item := range v {
				if item == nil {
					continue
				}
				if err := set(items.Index(i), item); err != nil {
					return err
				}
			}
			field.Set(items)
			return nil
		}
	}
	given := reflect.ValueOf(v)
	if !given.Type().AssignableTo(field.Type()) {
		return fault.New(fault.Internal, "is %T, not %s", v, field.Type())
	}
	field.Set(given)
	return nil
}

// one gives the only row of a query.
func one[T any](items []T, err, missing error) (T, error) {
	var zero T
	switch {
	case err != nil:
		return zero, err
	case len(items) == 0:
		return zero, missing
	}
	return items[0], nil
}
