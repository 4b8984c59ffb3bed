interface Said {
  field: string;
  value: string;
}

export interface FeatureSaidOptions {
  understanding: { spec: object | null; understood: readonly Said[]; assumed: readonly Said[] };
  feature: string;
}

/** Whether the prompt has the feature. While something else in it stands in the way there is no spec: then by what was understood and assumed. */
export function isFeatureSaid({ understanding, feature }: FeatureSaidOptions): boolean {
  const { spec, understood, assumed } = understanding;
  if (spec !== null) return Object.entries(spec).some(([name, value]) => name === feature && value === true);
  const said = [...assumed, ...understood].findLast(({ field }) => field === feature);
  return said !== undefined && said.value !== "no";
}
