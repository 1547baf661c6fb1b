import { TimeChart } from "../charts/TimeChart";
import type { Buckets, Series } from "../charts/series";
import { oneLine } from "../format/text";
import type { Panel } from "./panels";

interface Props {
  panels: Panel[];
  buckets: Buckets;
  /** All panels show the same groups in the same colours: one legend serves them. */
  grouped: boolean;
  onBrush: (from: number, to: number) => void;
}

export function PanelGrid(props: Props): JSX.Element {
  return (
    <>
      {props.grouped && props.panels[0] ? <Legend series={props.panels[0].series} /> : null}
      <div className="panels">
        {props.panels.map((panel) => (
          <section key={panel.id} className="panel" aria-label={panel.title} data-panel={panel.id}>
            <header>
              <h2>{panel.title}</h2>
              <p className="panel-value" title={panel.exact}>{panel.headline}</p>
              <p className="hint">{panel.note}</p>
            </header>
            <TimeChart
              label={`${panel.title} over time: ${panel.headline}, ${panel.note}`} kind={panel.kind}
              series={panel.series}
              buckets={props.buckets} axisText={panel.axisText} onBrush={props.onBrush}
            />
            {panel.series.length > 1 && !props.grouped ? <Legend series={panel.series} /> : null}
          </section>
        ))}
      </div>
    </>
  );
}

function Legend({ series }: { series: Series[] }): JSX.Element {
  return (
    <ul className="legend">
      {series.map((one) => <li key={one.label}><i
        className={`swatch series-${one.color ?? "other"}`}
      />{oneLine(one.label)}</li>)}
    </ul>
  );
}
