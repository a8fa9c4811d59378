import { fixedText, shareText } from "../../core/number_text.ts";
import type { AuditCluster } from "../../desk/audit_clusters.ts";
import type { AuditEvent } from "../../desk/audit_events.ts";
import type { AuditIndex } from "./audit_index.ts";
import { StrangerText } from "./audit_text.tsx";
import { type DeskThemes, ThemeChip } from "./audit_theme.tsx";

const RULE_WORDS: Readonly<Record<string, string>> = {
  "both agree": "Both agree: the cluster's other events have the theme of the words.",
  statistics: "A trusted cluster says otherwise than the words: prices overrule them.",
  "prices name": "Words give no theme and a trusted cluster does: prices name it.",
  review:
    "A cluster that is not trusted says otherwise, or alone: the words stay, a person decides.",
  "words only": "Words only: no cluster, or one whose other events share no theme.",
  neither: "No theme by words and none by prices.",
};

/** Members of a cluster before the rest is folded away. */
const MOST_MEMBERS = 8;

/** What shows a theme on the page. */
interface ThemeLook {
  readonly themes: DeskThemes;
  readonly isDark: boolean;
}

/** Both witnesses of an event side by side, and what reconciliation made of them. */
export function Evidence({ event, index, look }: {
  event: AuditEvent;
  index: AuditIndex;
  look: ThemeLook;
}) {
  const cluster = index.clusters.get(event.clusterId);
  return (
    <div class="evidence">
      <WordsEvidence event={event} look={look} />
      <PricesEvidence event={event} cluster={cluster} name={index.view.witness.name} look={look} />
    </div>
  );
}

function WordsEvidence({ event, look }: { event: AuditEvent; look: ThemeLook }) {
  const { wordsTheme, secondaryTheme, confidence, reasoning, classifier } = event;
  return (
    <section class="card stack" aria-label="What words say">
      <h4>Words</h4>
      <dl class="facts">
        <dt>Theme</dt>
        <dd>
          <ThemeChip {...look} id={wordsTheme} />
        </dd>
        <dt>Confidence</dt>
        <dd>{shareText(confidence ?? NaN)}</dd>
        <dt>Second theme</dt>
        <dd>
          {secondaryTheme === null
            ? <span class="muted">none</span>
            : <ThemeChip {...look} id={secondaryTheme} />}
        </dd>
        <dt>Reasoning</dt>
        <dd>
          <StrangerText text={reasoning === "" ? "none given" : reasoning} />
        </dd>
        <dt>Given by</dt>
        <dd>
          <bdi>{classifier}</bdi>
        </dd>
      </dl>
    </section>
  );
}

function PricesEvidence({ event, cluster, name, look }: {
  event: AuditEvent;
  cluster: AuditCluster | undefined;
  name: string;
  look: ThemeLook;
}) {
  return (
    <section class="card stack" aria-label="What prices say">
      <h4>
        Prices <span class="muted">({name})</span>
      </h4>
      {cluster === undefined
        ? <p class="muted">The event is in no cluster, so prices say nothing.</p>
        : <ClusterEvidence event={event} cluster={cluster} look={look} />}
      <p>
        <strong>Decided:</strong> <ThemeChip {...look} id={event.theme} />
      </p>
      <p class="muted">{RULE_WORDS[event.rule] ?? event.rule}</p>
    </section>
  );
}

function ClusterEvidence({ event, cluster, look }: {
  event: AuditEvent;
  cluster: AuditCluster;
  look: ThemeLook;
}) {
  const others = cluster.members.filter(({ eventId }) => eventId !== event.eventId);
  const [first, rest] = [others.slice(0, MOST_MEMBERS), others.slice(MOST_MEMBERS)];
  const { clusterStability, clusterQ, clusterTheme } = event;
  return (
    <>
      <dl class="facts">
        <dt>Cluster</dt>
        <dd>
          <StrangerText text={cluster.label} />
        </dd>
        <dt>Its theme</dt>
        <dd>
          {clusterTheme === null
            ? <span class="muted">its other events have none in common</span>
            : <ThemeChip {...look} id={clusterTheme} />}
        </dd>
        <dt>Theme mix</dt>
        <dd>
          <ThemeMix cluster={cluster} look={look} />
        </dd>
        <dt>Trust</dt>
        <dd>
          stability {fixedText(clusterStability ?? NaN, 2)}, adjusted p {pText(clusterQ)}
        </dd>
      </dl>
      <details>
        <summary>The other {others.length} of the cluster</summary>
        <ul class="list members">
          {first.map((one) => <Member key={one.marketId} member={one} look={look} />)}
        </ul>
        {rest.length > 0 && (
          <details>
            <summary>{rest.length} more</summary>
            <ul class="list members">
              {rest.map((one) => <Member key={one.marketId} member={one} look={look} />)}
            </ul>
          </details>
        )}
      </details>
    </>
  );
}

function Member({ member, look }: { member: AuditCluster["members"][number]; look: ThemeLook }) {
  return (
    <li>
      <StrangerText text={member.title} most={160} />
      <ThemeChip {...look} id={member.theme} />
    </li>
  );
}

function ThemeMix({ cluster, look }: { cluster: AuditCluster; look: ThemeLook }) {
  if (cluster.themes.length === 0) return <span class="muted">no event with a theme</span>;
  return (
    <ul class="list theme-mix">
      {cluster.themes.map(({ theme, nEvents, expected, qValue }) => (
        <li key={theme}>
          <ThemeChip {...look} id={theme} />{" "}
          <span class="muted">
            {nEvents} ({fixedText(expected ?? NaN, 1)} by chance, adjusted p {pText(qValue)})
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A chance for a reader. */
export function pText(p: number | null): string {
  if (p === null) return "unknown";
  return p < 0.001 ? "below 0.001" : fixedText(p, 3);
}
