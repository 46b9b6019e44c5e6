// perspective-api-client 3.1.0, which knows no other host than Google's. Prints what it got, one JSON document.
const Perspective = require('perspective-api-client');

const client = new Perspective({ apiKey: process.env.MODERATO_KEY });
(async () => {
  const analyzed = await client.analyze(process.env.TEXT, { attributes: ['toxicity', 'insult'] });
  const unavailable = await client
    .analyze(process.env.TEXT, { attributes: ['severe_toxicity'] })
    .then(() => null, error => ({ name: error.name, message: error.message, body: error.response && error.response.data }));
  console.log(JSON.stringify({ analyzed, unavailable }));
})();
