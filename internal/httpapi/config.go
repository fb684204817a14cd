package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/kith-analytics/kith/internal/access"
	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/metric"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// Data is the warehouse as the API reads it.
type Data interface {
	// Read gives one published state, for one answer.
	Read(ctx context.Context) (*warehouse.Reading, error)
	State() host.State
	Listen() (notices <-chan host.Notice, stop func())
}

// Jobs starts and stops work on the project.
type Jobs interface {
	// Start starts a command, build or test, on nodes that a selection names, and gives
	// the run's id. A run that is going on gives code Held.
	Start(ctx context.Context, command, selection string) (id string, err error)
	// Cancel stops a run that Start started; NotFound for any other.
	Cancel(id string) error
}

// Config is what the API works on. All fields but MetricsToken must be set.
type Config struct {
	Version string
	Data    Data
	Control *control.Store
	Jobs    Jobs
	// Project gives the project as it was read last.
	Project func() *Project
	// Runner makes the answering of metrics for a state of the data.
	Runner func(ctx context.Context, db metric.Reader, p *Project) (*metric.Runner, error)
	// Scope decides what somebody who is signed in may see: the one place where rights
	// are given. The API applies them.
	Scope func(person string) access.Scope
	// App answers every address that is not the API's.
	App    http.Handler
	Now    func() time.Time
	NewID  func() string
	Logger *slog.Logger
	// MetricsToken lets a monitoring system without a session read /metrics; "" for none.
	MetricsToken string
	// Timeout bounds an answer; 0 for a minute.
	Timeout time.Duration
}

// Limits of requests.
const (
	maxBody        = 1 << 20
	defaultTimeout = time.Minute
	defaultLimit   = 50
	maxLimit       = 500
	// heartbeat is how often a stream of events shows that it lives.
	heartbeat = 20 * time.Second
)
