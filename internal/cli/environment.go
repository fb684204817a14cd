package cli

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// tickEvery is how often progress is redrawn.
const tickEvery = 100 * time.Millisecond

func (e *Environment) setDefaults() {
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.NewID == nil {
		e.NewID = newID
	}
	if e.Ticks == nil {
		e.Ticks = func() (<-chan time.Time, func()) {
			t := time.NewTicker(tickEvery)
			return t.C, t.Stop
		}
	}
}

// lookup gives an environment variable.
func (e *Environment) lookup(name string) (string, bool) {
	for _, entry := range slices.Backward(e.Env) {
		if key, value, ok := strings.Cut(entry, "="); ok && key == name {
			return value, true
		}
	}
	return "", false
}

// getenv gives an environment variable, or "".
func (e *Environment) getenv(name string) string {
	value, _ := e.lookup(name)
	return value
}

// exists says whether a path, as seen from the working directory, is there.
func (e *Environment) exists(path string) bool {
	if !filepath.IsAbs(path) {
		path = filepath.Join(e.WorkDir, path)
	}
	_, err := os.Stat(path)
	return err == nil
}

// near gives a path as seen from the working directory, and leaves it as it was
// written where that is the process's own.
func (e *Environment) near(path string) string {
	if here, err := os.Getwd(); filepath.IsAbs(path) || err == nil && here == e.WorkDir {
		return path
	}
	return filepath.Join(e.WorkDir, path)
}

// names lists the environment's variables.
func (e *Environment) names() []string {
	out := make([]string, 0, len(e.Env))
	for _, entry := range e.Env {
		if name, _, ok := strings.Cut(entry, "="); ok {
			out = append(out, name)
		}
	}
	return out
}

// secretPrefix begins the names of variables whose values are never shown.
const secretPrefix = "DBT_ENV_SECRET" //nolint:gosec // a prefix, no secret

// secrets gives the values that are never shown.
func (e *Environment) secrets() []string {
	var out []string
	for _, entry := range e.Env {
		if name, value, _ := strings.Cut(entry, "="); strings.HasPrefix(name, secretPrefix) {
			out = append(out, value)
		}
	}
	return out
}

// newID makes a random UUID (version 4).
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
