// Google's own client for Node, built from the discovery document as Perspective's samples build it. Prints what it got, one JSON document.
import { google } from 'googleapis';

const client = await google.discoverAPI(`${process.env.MODERATO_URL}/$discovery/rest?version=v1alpha1`);
const key = process.env.MODERATO_KEY;
const comment = { text: process.env.TEXT };
const caught = error => ({ status: error.status ?? error.code, message: error.message, body: error.response?.data });

const analyzed = await client.comments.analyze({
  key,
  resource: {
    comment,
    languages: ['en'],
    requestedAttributes: { TOXICITY: {}, IDENTITY_ATTACK: {}, INSULT: {}, PROFANITY: {} },
    spanAnnotations: true,
    doNotStore: true,
    clientToken: 'token-1',
  },
});
const detected = await client.comments.analyze({ key, resource: { comment, requestedAttributes: { TOXICITY: { scoreThreshold: 1 } } } });
const suggested = await client.comments.suggestscore({
  key,
  resource: { comment, languages: ['en'], attributeScores: { TOXICITY: { summaryScore: { value: 0 } } }, clientToken: 'token-2' },
});
const unavailable = await client.comments
  .analyze({ key, resource: { comment, languages: ['en'], requestedAttributes: { SEVERE_TOXICITY: {} } } })
  .then(() => null, caught);
const language = await client.comments
  .analyze({ key, resource: { comment, languages: ['fi'], requestedAttributes: { TOXICITY: {} } } })
  .then(() => null, caught);
const unknown = await client.comments
  .analyze({ key, resource: { comment, languages: ['en'], requestedAttributes: { KINDNESS: {} } } })
  .then(() => null, caught);
const keyless = await client.comments.analyze({ resource: { comment, requestedAttributes: { TOXICITY: {} } } }).then(() => null, caught);

console.log(JSON.stringify({
  analyzed: analyzed.data, detected: detected.data, suggested: suggested.data, unavailable, language, unknown, keyless,
}));
