/** The input of `builds.list` for the build whose artifacts a package offers. */
export function lastSuccessfulBuild({ name }: { name: string }) {
  return { package: name, status: ["successful"], limit: 1 };
}
