/** A contact as a page hands it over. */
export type ContactRow = { id: string; name: string; address: string; domain: string | null }
