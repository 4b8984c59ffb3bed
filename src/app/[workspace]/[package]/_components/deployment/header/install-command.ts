/** Shell command that fetches what a build made and unpacks it below a folder of the package's name. */
export function makeInstallCommand({ origin, buildId, packageName, version }: { origin: string; buildId: string; packageName: string; version: string }): string {
  const name = packageName.split("/").at(-1) ?? packageName;
  const file = `${name}-${version}.zip`;
  return `curl -fL -H "Authorization: Bearer $SLIPWAY_TOKEN" -o '${quote(file)}' '${quote(`${origin}/api/v1/builds/${buildId}/artifacts.zip`)}' && unzip -o '${quote(file)}' -d '${quote(name)}'`;
}

function quote(text: string): string {
  return text.replaceAll("'", `'\\''`);
}
