/** What a person does who lacks a right. @param command that needs it */
export function rightsAdvice(command: string): string {
  return `Ask for the Role that \`cdk8s-rhdh rights ${command}\` prints.`;
}
