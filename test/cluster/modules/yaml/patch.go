package main

import (
	"encoding/json"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml/merge2"
	"sigs.k8s.io/yaml"
)

type patchRequest struct {
	// Workload is the Deployment or StatefulSet that the operator made.
	Workload json.RawMessage `json:"workload"`
	// Patch is spec.deployment.patch as the API server gives it.
	Patch json.RawMessage `json:"patch"`
	// ListMergeMode is the annotation rhdh.redhat.com/deployment-patch-list-merge-mode, since 1.10.
	ListMergeMode string `json:"listMergeMode"`
}

// patch merges spec.deployment.patch as setDeployment of pkg/model/deployment.go does in redhat-developer/rhdh-operator,
// branches release-1.7 to main, which pin kyaml v0.18.1, k8s.io/api v0.31.3 and sigs.k8s.io/yaml v1.4.0.
func patch(request []byte) (any, error) {
	var asked patchRequest
	if err := json.Unmarshal(request, &asked); err != nil {
		return nil, err
	}
	own, err := workload(asked.Workload)
	if err != nil {
		return nil, err
	}
	if err := yaml.Unmarshal(asked.Workload, own); err != nil {
		return nil, err
	}
	target, err := yaml.Marshal(own)
	if err != nil {
		return nil, err
	}
	var options kyaml.MergeOptions
	switch asked.ListMergeMode {
	case "prepend":
		options.ListIncreaseDirection = kyaml.MergeOptionsListPrepend
	case "append":
		options.ListIncreaseDirection = kyaml.MergeOptionsListAppend
	}
	merged, err := merge2.MergeStrings(string(asked.Patch), string(target), false, options)
	if err != nil {
		return nil, err
	}
	if options.ListIncreaseDirection == kyaml.MergeOptionsListPrepend {
		merged, err = merge2.MergeStrings(string(asked.Patch), merged, false, kyaml.MergeOptions{})
		if err != nil {
			return nil, err
		}
	}
	patched, err := workload(asked.Workload)
	if err != nil {
		return nil, err
	}
	return patched, yaml.Unmarshal([]byte(merged), patched)
}

func workload(object []byte) (any, error) {
	var meta struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(object, &meta); err != nil {
		return nil, err
	}
	switch meta.Kind {
	case "Deployment":
		return &appsv1.Deployment{}, nil
	case "StatefulSet":
		return &appsv1.StatefulSet{}, nil
	}
	return nil, fmt.Errorf("no workload: %q", meta.Kind)
}
