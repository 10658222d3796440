import { Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { createOpenApi } from '../openapi/document.ts';

/** `/openapi.json` and a reference to browse at `/docs`; both are public and served from here alone. */
export function documentationRoutes(): Router {
  const document = createOpenApi();
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.use(
    '/docs',
    swaggerUi.serve,
    swaggerUi.setup(document, { customSiteTitle: 'DevSphere OS API' }),
  );
  return router;
}
