// node type-errors.js tsconfig.json: prints what is wrong with the types of its files, and exits with 1 if anything is.
// What they import is read, not checked again: `npm run typecheck` does that.
const ts = require('typescript');

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report };
const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(process.argv[2], {}, host);
const program = ts.createProgram(fileNames, options);
const files = fileNames.map((name) => program.getSourceFile(name));
[
  ...errors,
  ...program.getOptionsDiagnostics(),
  ...files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]),
].forEach(report);

function report(diagnostic) {
  const lines = { getCurrentDirectory: process.cwd, getCanonicalFileName: String, getNewLine: () => '\n' };
  process.stdout.write(ts.formatDiagnostic(diagnostic, lines));
  process.exitCode = 1;
}
