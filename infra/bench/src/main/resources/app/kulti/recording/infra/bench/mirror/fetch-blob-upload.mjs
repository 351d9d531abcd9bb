// The product spec's second option, with a presigned URL in place of the storage client: node <this> <from> <to>
const [from, to] = process.argv.slice(2);
const response = await fetch(from);
const blob = await response.blob();
const uploaded = await fetch(to, { method: "PUT", body: blob, headers: { "content-type": "video/mp4" } });
console.log(`peak KiB ${process.resourceUsage().maxRSS}`);
process.exitCode = uploaded.ok ? 0 : 1;
