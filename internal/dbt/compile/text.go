package compile

import "github.com/kith-analytics/kith/internal/jinja"

// Text renders a text of the project as a template with the node's names.
func (r *Run) Text(file, text string) (string, error) {
	t, err := jinja.Parse(file, text)
	if err != nil {
		return "", err
	}
	out, err := r.rt.Render(t, r.scope)
	if err != nil {
		return "", r.place(err)
	}
	return out, nil
}
