/** What `cdk8s-rhdh/operators` gives: facts on which the constructs and the command have to agree. */
export * from './host';
export * from './marks';
export * from './rhdh';
export * from './sonataflow';
