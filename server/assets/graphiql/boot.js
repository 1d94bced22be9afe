// Starts GraphiQL on the address that this page was opened at, with what its boot.json offers.
"use strict";

// Where GraphiQL's dialogs look for the nonce of the one style sheet that they write.
window.__webpack_nonce__ = document.currentScript.nonce;

async function readBoot(endpoint) {
  const response = await fetch(`${endpoint}/boot.json`, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`boot.json answered ${response.status}`);
  return response.json();
}

function pageOf(endpoint, boot) {
  const { createElement } = React;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const fetcher = GraphiQL.createFetcher({
    url: endpoint,
    // The headers tab also goes along as connectionParams, read anew for each subscription.
    subscriptionUrl: `${scheme}//${location.host}${endpoint}`,
    headers: { accept: "application/json" },
    enableIncrementalDelivery: false,
  });
  const hasHeaders = Object.keys(boot.headers).length > 0;
  // Put where GraphiQL keeps what the person writes, so that a reload brings back theirs and not the example.
  if (sessionStorage.getItem("graphiql:query") === null) {
    sessionStorage.setItem("graphiql:query", boot.query);
    sessionStorage.setItem("graphiql:variables", boot.variables);
  }
  return createElement(
    GraphiQL,
    {
      fetcher,
      defaultHeaders: hasHeaders ? JSON.stringify(boot.headers, null, 2) : undefined,
      defaultEditorToolsVisibility: hasHeaders ? "headers" : true,
      plugins: [GraphiQLPluginExplorer.explorerPlugin({ showAttribution: false })],
      // Queries may name citizens and headers hold tokens: on a shared computer nothing outlives the tab.
      storage: sessionStorage,
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
    },
    createElement(GraphiQL.Logo, null, boot.title),
  );
}

async function start() {
  const main = document.getElementById("graphiql");
  const endpoint = location.pathname;
  try {
    const boot = await readBoot(endpoint);
    document.title = boot.title;
    ReactDOM.createRoot(main).render(pageOf(endpoint, boot));
  } catch (error) {
    main.textContent = `The page could not start (${error.message}). Reload it; if that does not help, tell the service's administrator.`;
    throw error;
  }
}

start();
