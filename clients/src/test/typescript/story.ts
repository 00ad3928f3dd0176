// Subscribe, emit, read the run: node story.js <url>
import { CloudEventSpecversionEnum, Configuration, EventsApi, RunStatusEnum, RunsApi, SubscriptionsApi } from './client';

const DEADLINE_MILLIS = 30_000;

async function story(basePath: string): Promise<void> {
    const configuration = new Configuration({ basePath });
    const runs = new RunsApi(configuration);

    await new SubscriptionsApi(configuration).createSubscription({
        subscription: { eventType: 'parcel.sent', _function: 'hello' },
    });
    await new EventsApi(configuration).emitEvent({
        cloudEvent: {
            specversion: CloudEventSpecversionEnum._10,
            id: '42-sent',
            source: '/parcels',
            type: 'parcel.sent',
            datacontenttype: 'application/json',
            data: { parcel: 42 },
        },
    });

    const deadline = Date.now() + DEADLINE_MILLIS;
    while (Date.now() < deadline) {
        for (const run of await runs.listRuns({ functionName: 'hello' })) {
            if (run.status === RunStatusEnum.Ready && JSON.stringify(run.event ?? null).includes('parcel.sent')) {
                console.log(`run ${run.status} of ${run.functionName}, input ${JSON.stringify(run.input)}`);
                return;
            }
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no run after ${DEADLINE_MILLIS} ms`);
}

story(process.argv[2]).catch((error) => {
    console.error(error);
    process.exit(1);
});
