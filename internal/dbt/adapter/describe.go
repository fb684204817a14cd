package adapter

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Describe gives the columns that a query would have, without running it.
func (a *Adapter) Describe(ctx context.Context, sql string) ([]*Column, error) {
	_, table, err := a.Execute(ctx, "describe ("+strings.TrimRight(strings.TrimSpace(sql), ";")+"\n)", Options{Fetch: true})
	if err != nil {
		return nil, err
	}
	rows, err := table.Rows()
	if err != nil {
		return nil, err
	}
	out := make([]*Column, len(rows))
	for i, row := range rows {
		out[i] = &Column{Name: text(row[0]), DType: text(row[1])}
	}
	return out, nil
}

func rowsDifferent(a, b string, columns []string, except string) string {
	slices.Sort(columns)
	list := strings.Join(columns, ", ")
	return fmt.Sprintf(`with only_one as (
    (select %[1]s from %[2]s %[4]s select %[1]s from %[3]s)
    union all
    (select %[1]s from %[3]s %[4]s select %[1]s from %[2]s)
)
select
    (select count(*) from %[2]s) - (select count(*) from %[3]s) as row_count_difference,
    (select count(*) from only_one) as num_mismatched`, list, a, b, except)
}
