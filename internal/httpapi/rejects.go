package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/access"
)

// Reject is a row that could not be loaded, and why.
type Reject struct {
	Number   int64     `json:"number"`
	Source   *string   `json:"source"`
	File     string    `json:"file"`
	Line     *int64    `json:"line"`
	Column   *string   `json:"column_name"`
	Value    *string   `json:"value"`
	Reason   string    `json:"reason"`
	LoadID   int64     `json:"load_id"`
	LoadedAt time.Time `json:"loaded_at"`
}

// RejectsInput pages rejects.
type RejectsInput struct {
	PageInput
	FormInput
}

// RejectReason counts rejects.
type RejectReason struct {
	Reason string  `json:"reason"`
	Source *string `json:"source"`
	Rows   int64   `json:"row_count"`
}

// RejectsAnswer is a page of rejects, the newest first, and the counts of all by reason.
type RejectsAnswer struct {
	Items      []Reject       `json:"items"`
	NextCursor string         `doc:"empty at the end"      json:"next_cursor"`
	Total      int64          `json:"total"`
	Reasons    []RejectReason `doc:"the most frequent 100" json:"reasons"`
}

func (a RejectsAnswer) table() ([]tableColumn, [][]any) { return structTable(a.Items) }

func (s *server) addRejects() {
	add(s, operation{
		id: "listRejects", method: http.MethodGet, path: "/rejects", tag: "Data", tabular: true, summary: "Rows that could not be loaded, and why",
	}, func(ctx context.Context, c *call, in *RejectsInput) (RejectsAnswer, error) {
		out := RejectsAnswer{Items: []Reject{}, Reasons: []RejectReason{}}
		at, err := in.after("rejects", wholeKey)
		if err != nil {
			return out, err
		}
		total, err := orMissing(list[counted](ctx, c, "rejects_count"))
		if err != nil || len(total) == 0 {
			return out, err
		}
		out.Total = total[0].Total
		if out.Reasons, err = list[RejectReason](ctx, c, "rejects_reasons"); err != nil {
			return out, err
		}
		found, err := c.rejects(ctx, at.args(1)[0], in.limit()+1)
		if err != nil {
			return out, err
		}
		for i, r := range found {
			if i == in.limit() {
				last := strconv.FormatInt(found[i-1].Number, 10)
				out.NextCursor, err = (&place{Sort: "rejects", Keys: []*string{&last}}).cursor()
				break
			}
			out.Items = append(out.Items, r)
		}
		return out, err
	})
}

// rejects gives a page of rejects. Of a value that may be somebody's is shown only that
// there was one: that of a column which is personal or not known, and any value of a
// source with such columns, since in a row that has slipped it stands under another's name.
func (c *call) rejects(ctx context.Context, before any, rows int) ([]Reject, error) {
	if err := c.sees(rejectsTable, "source", "file", "line", "column_name", "value", "reason", "load_id", "loaded_at"); err != nil {
		return nil, err
	}
	schema, err := c.schema(ctx)
	if err != nil {
		return nil, err
	}
	sql, err := c.statement("rejects")
	if err != nil {
		return nil, err
	}
	sql = strings.Replace(sql, "[masked value]", access.Whole.SQL("value", true), 1)
	return scan[Reject](ctx, c, sql, before, rows, strings.Join(schema.Impersonal("bronze"), ","), strings.Join(schema.WithPersonal("bronze"), ","))
}
