// Command yaml answers with the libraries by which Kubernetes and the operator of Red Hat Developer Hub read and merge
// YAML. It reads a request a line, JSON, from stdin, and writes a line of JSON to stdout for each, in order:
// {"result": …} or {"error": "…"}. It ends with its input.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// answers holds what each subcommand does with the JSON of a request.
var answers = map[string]func(request []byte) (any, error){
	"patch": patch,
	"read":  read,
}

type answer struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

func main() {
	if len(os.Args) != 2 || answers[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: yaml patch|read")
		os.Exit(2)
	}
	if err := serve(answers[os.Args[1]]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(respond func([]byte) (any, error)) error {
	requests := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for {
		request, err := requests.ReadBytes('\n')
		if len(request) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		if err := answers.Encode(answered(respond, request)); err != nil {
			return err
		}
	}
}

// answered turns a panic of a library into an answer, as the operator's framework turns it into an error.
func answered(respond func([]byte) (any, error), request []byte) (given answer) {
	defer func() {
		if fault := recover(); fault != nil {
			given = answer{Error: fmt.Sprint("panic: ", fault)}
		}
	}()
	result, err := respond(request)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Result: result}
}
