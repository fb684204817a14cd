package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

// SourceItem is one of the sources that the project knows.
type SourceItem struct {
	Name        string     `json:"source_name"`
	IsPresent   bool       `json:"is_present"`
	Rows        int64      `json:"row_count"`
	Loads       int64      `json:"load_count"`
	FirstLoaded *time.Time `json:"first_loaded_at"`
	LastLoaded  *time.Time `json:"last_loaded_at"`
	NewestEvent *time.Time `json:"newest_event_at"`
	IsSynthetic *bool      `json:"is_synthetic"`
	FillCommand string     `doc:"how to load it"   json:"fill_command"`
	Note        *string    `json:"note"`
}

// LoadItem is a file that was loaded.
type LoadItem struct {
	ID       int64     `json:"load_id"`
	Source   *string   `json:"source"`
	Table    string    `json:"table_name"`
	File     string    `json:"file"`
	Bytes    *int64    `json:"bytes"`
	Rows     int64     `json:"rows_loaded"`
	Rejected int64     `json:"rows_rejected"`
	Started  time.Time `json:"started_at"`
	Ended    time.Time `json:"finished_at"`
}

// SourcesAnswer are the sources and the last loads.
type SourcesAnswer struct {
	Items []SourceItem `json:"items"`
	Loads []LoadItem   `doc:"the newest 100" json:"loads"`
}

func (s *server) addSources() {
	add(s, operation{
		id: "listSources", method: http.MethodGet, path: "/sources", tag: "Data", summary: "The sources, how new they are, and the last loads",
	}, func(ctx context.Context, c *call, _ *struct{}) (SourcesAnswer, error) {
		out := SourcesAnswer{Items: []SourceItem{}, Loads: []LoadItem{}}
		var err error
		if out.Items, err = orMissing(list[SourceItem](ctx, c, "sources")); err != nil {
			return out, err
		}
		out.Loads, err = orMissing(list[LoadItem](ctx, c, "loads"))
		return out, err
	})
}

// orMissing takes tables that are not there for empty ones: the page says what to load.
func orMissing[T any](items []T, err error) ([]T, error) {
	if fault.Is(err, fault.NotFound) {
		return []T{}, nil
	}
	return items, err
}
