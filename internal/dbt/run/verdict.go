package run

import (
	"errors"
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// defaultThreshold is dbt's warn_if and error_if where the project sets none.
const defaultThreshold = "!= 0"

// verdict says how a test ended: with severity error, meeting error_if fails it;
// otherwise meeting warn_if warns, or fails it where warnings are errors.
func verdict(node *manifest.Node, out *Outcome, warnError bool) (artifact.Status, string, error) {
	if out.Failures == nil {
		return artifact.Error, "", fault.New(fault.Internal, "test %s gave no number of failures", node.Name).At(node.OriginalFilePath, 0)
	}
	n := *out.Failures
	warnIf := configured(node.Config, "warn_if")
	errorIf := configured(node.Config, "error_if")
	if strings.EqualFold(severity(node.Config), "error") {
		met, err := meets(node, "error_if", errorIf, n, out.ShouldError)
		if err != nil {
			return artifact.Error, "", err
		}
		if met {
			return artifact.Fail, got(n, "fail", errorIf), nil
		}
	}
	met, err := meets(node, "warn_if", warnIf, n, out.ShouldWarn)
	switch {
	case err != nil:
		return artifact.Error, "", err
	case met && warnError:
		return artifact.Fail, got(n, "fail", warnIf), nil
	case met:
		return artifact.Warn, got(n, "warn", warnIf), nil
	}
	return artifact.Pass, "", nil
}

// meets prefers what the test's SQL said, for it understands every condition.
func meets(node *manifest.Node, key, condition string, n int, bySQL *bool) (bool, error) {
	if bySQL != nil {
		return *bySQL, nil
	}
	met, err := Threshold(condition, n)
	if errors.Is(err, ErrOddThreshold) {
		return false, fault.New(fault.Compile, "%s: %q of test %s is %v", key, condition, node.Name, err).
			At(node.OriginalFilePath, node.PatchLine).
			WithHint(`write a comparison such as "> 10" or "between 1 and 5"`)
	}
	return met, err
}

func configured(c *manifest.Config, key string) string {
	if s := c.String(key); s != "" {
		return s
	}
	return defaultThreshold
}

func severity(c *manifest.Config) string {
	if s := c.String("severity"); s != "" {
		return s
	}
	return "error"
}

func got(n int, what, condition string) string {
	return fmt.Sprintf("Got %s, configured to %s if %s", event.Plural(n, "result"), what, condition)
}
