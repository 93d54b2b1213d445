package main

import (
	"encoding/json"

	"sigs.k8s.io/yaml"
)

// read makes JSON of a document in YAML, given as its bytes. The JSON is a text: whoever parses it may lose digits.
func read(request []byte) (any, error) {
	var document struct{ YAML []byte }
	if err := json.Unmarshal(request, &document); err != nil {
		return nil, err
	}
	value, err := yaml.YAMLToJSON(document.YAML)
	return string(value), err
}
