package docs_test

import (
	"bytes"
	"os"
	"testing"
)

// The page has the colours and sizes of the web app, whose file is the one to change.
func TestTokensAreTheWebApps(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../web/src/styles/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile("web/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(source, copied) {
		t.Error("web/tokens.css is not web/src/styles/tokens.css: change that one, then run go generate ./internal/dbt/docs")
	}
}
